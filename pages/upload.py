"""Upload: bring a file in safely; see what would be kept, what would not and why; then import."""

from pages.components import chrome, upload_choice, upload_steps

done = upload_steps.finished()
if not upload_steps.areas_are_loaded():
    chrome.nothing_yet()
elif done is not None:
    chrome.headline("Upload", "The data is in.")
    upload_steps.show_done(done)
else:
    chrome.headline("Upload", "Bring a dataset in: nothing is kept until you have seen what it holds.")
    asked = upload_choice.choose(upload_steps.forget)
    checked = upload_steps.check(asked) if asked is not None else None
    if checked is not None:
        upload_steps.show_and_offer(checked)
