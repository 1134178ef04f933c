"""Faults: processes killed, databases restarted, disks filled, while clients keep a ledger."""
