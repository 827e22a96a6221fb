"""Remember how a person looks at pages, zoom, columns and strip, from one report to the next."""

from dataclasses import dataclass
from typing import Final

from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.paper.area import STEPS, Fit

_TWO: Final = 2
_ON: Final = "1"
_OFF: Final = "0"


@dataclass(frozen=True, slots=True)
class PaperState:
    """Hold how pages are looked at; `factor` counts where the zoom follows nothing."""

    fit: Fit = Fit.WIDTH
    factor: float = 1.0
    columns: int = 1
    strip: bool = False


def remembered_state(settings: Settings, name: str) -> PaperState:
    """Tell the remembered state of a pane; what is not understood is as usual."""
    zoom = settings.text(f"{name}_zoom")
    factor = _factor(zoom)
    return PaperState(
        Fit.NONE if factor is not None else next((fit for fit in Fit if fit.value == zoom), Fit.WIDTH),
        factor if factor is not None else 1.0,
        _TWO if settings.text(f"{name}_two_up") == _ON else 1,
        settings.text(f"{name}_strip") == _ON,
    )


def remember_state(settings: Settings, name: str, state: PaperState) -> None:
    """Remember the state of a pane."""
    settings.remember(
        {
            f"{name}_zoom": f"{state.factor:.4f}" if state.fit is Fit.NONE else state.fit.value,
            f"{name}_two_up": _ON if state.columns == _TWO else _OFF,
            f"{name}_strip": _ON if state.strip else _OFF,
        }
    )


def _factor(text: str) -> float | None:
    """Read a zoom; None where it is none that the pane offers."""
    try:
        factor = float(text)
    except ValueError:
        return None
    return factor if STEPS[0] <= factor <= STEPS[-1] else None
