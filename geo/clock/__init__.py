"""The school-day clock: when in the week incidents happened, in term and in holidays, per day of each."""
