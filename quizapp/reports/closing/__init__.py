"""年度封账: freezing a year's figures with their evidence, issuing them again, and what changed since."""
