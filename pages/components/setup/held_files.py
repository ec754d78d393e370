"""The bytes of dropped files, which the server holds until their session ends unless it is told to let go of them."""

from collections.abc import Iterable
from typing import Any

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx


def let_go(files: Iterable[Any]) -> None:
    """Let go of the bytes of files that a box of Streamlit holds; those who still read them keep theirs."""
    running = get_script_run_ctx()
    if running is None or not isinstance(running.uploaded_file_mgr, MemoryUploadedFileManager):
        return
    for file in files:
        running.uploaded_file_mgr.remove_file(running.session_id, file.file_id)
