"""Ledgers (台账): spreadsheets that officers fill in, read into commands; and lists written as spreadsheets."""
