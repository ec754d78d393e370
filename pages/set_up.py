"""Set up: what a place needs, what of it is here and what is missing; files are dropped together, seen and saved."""

from data.sandbox import warm_up
from data.services import setup_advice
from pages.components.cached import loads, setup_state
from pages.components.frame import chrome, exact_views
from pages.components.setup import checklist_view, dropping, plan_view, reach_picker, saving

warm_up()
rows = setup_state.checklist(loads.asker())
chrome.headline("Set up", setup_advice.headline(rows), checklist_view.overview(rows))
for dataset in loads.all_datasets(loads.asker()):
    exact_views.note(dataset)
plan = None
if loads.is_board():
    chrome.together(chrome.notice(chrome.NOTHING_TO_CHANGE))
else:
    saving.show_done()
    plan = dropping.choose()
if plan is not None:
    plan_view.show(plan)
    reach_picker.show(plan, dropping.number())
    saving.offer(plan)
elif setup_advice.is_untouched(rows):
    chrome.offer_demo()
checklist_view.show(rows, setup_advice.next_missing(rows))
