"""The report: one offline HTML page of demand, flows, lines and proposals."""

from jobs.report.content import ReportContent
from jobs.report.page import write_report

__all__ = ["ReportContent", "write_report"]
