"""What prints: the annual report, the table of a period and the summary of a campaign, as docx and xlsx."""
