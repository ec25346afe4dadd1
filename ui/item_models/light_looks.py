"""How lights of monitoring look (预警灯的样子): icon, ink and ground of each; the word always stands beside them."""

from __future__ import annotations

from models.domain.monitoring_rule import Light
from ui.theme import COLOURS

LIGHT_LOOKS = {
    Light.RED.value: ("problem_solid", COLOURS.bad, COLOURS.bad_ground),
    Light.YELLOW.value: ("care_solid", COLOURS.care, COLOURS.care_ground),
    Light.GREEN.value: ("done_solid", COLOURS.good, COLOURS.good_ground),
    Light.BLUE.value: ("ahead", COLOURS.ahead, COLOURS.ahead_ground),
}
"""By the colour as answers keep it."""
