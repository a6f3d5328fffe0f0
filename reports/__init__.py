"""Documents from plain data: workbooks read and written, official letters, slips to print; no database, no bot."""
