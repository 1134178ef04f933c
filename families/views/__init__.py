"""Pages of one family: its data and people, what it needs, what it agreed to, who looked."""
