"""Maps for print: areas in the classes that they have on screen, over the ground that people know, as vector SVG.

A map is 160 mm wide, reads in black and white, and says below itself what it shows, of when, from where, and whose the
ground is.
"""

from data.papers import print_ground, print_legend, print_marks
from data.papers.print_frame import WIDTH, frame_of
from data.papers.print_sheet import DrawnSheet
from data.papers.print_spec import PrintMap


def print_map(spec: PrintMap, *, headed: bool = True) -> str:
    """Return a map as SVG that needs nothing else; without its title on it where what holds it has that."""
    return _drawn(spec, headed=headed).svg(spec.title)


def print_map_png(spec: PrintMap) -> bytes:
    """Return a map as a picture, with its title."""
    return _drawn(spec, headed=True).png()


def _drawn(spec: PrintMap, *, headed: bool) -> DrawnSheet:
    legend = print_legend.legend_of(spec, WIDTH)
    head = print_legend.head_of(spec.title, WIDTH) if headed else []
    frame = frame_of(spec.bounds, legend.height)
    sheet = DrawnSheet(WIDTH, frame.top + print_legend.head_height(head))
    print_legend.draw_head(sheet, head, frame.top)
    areas = print_ground.draw_areas(sheet, frame, spec)
    print_ground.draw_lines(sheet, frame, spec.ground)
    print_ground.draw_counted(sheet, spec, areas)
    room = print_marks.reserve(frame)
    print_marks.draw_marks(sheet, frame, spec, room)
    print_ground.draw_values(sheet, spec, areas, room)
    print_ground.draw_names(sheet, frame, spec.ground, room)
    print_marks.draw_edge(sheet, frame)
    print_legend.draw_legend(sheet, legend)
    return sheet
