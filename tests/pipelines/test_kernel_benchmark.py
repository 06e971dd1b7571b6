"""The benchmark of the kernels on events of a run."""

from benchmarks import kernels as kernel_speed


def test_kernels_are_measured_on_events_of_a_run(finished):
    case = kernel_speed.case_of_run(finished.config.parent / "ws", 1_000)
    assert case.items >= 1_000
    rows = case.run()
    assert rows[0].size > 0
    assert kernel_speed.measured(case, 1e10).ns_an_item > 0
