"""The worker's clock: forwards like the machine's, backwards never."""

from steady import SteadyClock, wall_clock


class Machine:
    """A machine's two clocks, moved by hand."""

    def __init__(self) -> None:
        self.wall, self.ticks = 1_790_000_000_000, 0

    def pass_(self, milliseconds: int) -> None:
        self.wall += milliseconds
        self.ticks += milliseconds


def make() -> tuple[Machine, SteadyClock]:
    machine = Machine()
    return machine, SteadyClock(lambda: machine.wall, lambda: machine.ticks)


def test_time_passes() -> None:
    machine, clock = make()
    before = clock()
    machine.pass_(1_500)
    assert clock() == before + 1_500


def test_a_clock_set_back_goes_on_as_before() -> None:
    machine, clock = make()
    before = clock()
    machine.wall -= 3_600_000
    assert clock() == before
    machine.pass_(60_000)
    assert clock() == before + 60_000


def test_a_clock_set_forwards_is_followed() -> None:
    machine, clock = make()
    before = clock()
    machine.wall += 3_600_000
    assert clock() == before + 3_600_000


def test_after_a_step_back_and_forth_the_machine_is_right_again() -> None:
    machine, clock = make()
    machine.wall -= 5_000
    clock()
    machine.wall += 5_000
    assert clock() == machine.wall


def test_it_is_now() -> None:
    assert abs(SteadyClock()() - wall_clock()) < 1_000
