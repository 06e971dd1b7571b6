"""The report: offline HTML pages of demand, flows, lines and proposals, and of the run that made them."""

from jobs.report.content import ReportContent
from jobs.report.page import write_report
from jobs.report.run_content import RunContent, people_of
from jobs.report.run_page import write_run_report

__all__ = ["ReportContent", "RunContent", "people_of", "write_report", "write_run_report"]
