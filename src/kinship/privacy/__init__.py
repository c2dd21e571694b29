"""What keeps words in: cleaning text, private files, process hardening, reports without words.

text: clean, clean_line, visible. files: private_folder, create_private, replace_private. process: harden,
guard_memory. reports: report_of, install_hooks, silence_logs, asyncio_handler.
"""
