"""Commands over a ledger: fill it, ask it, link it, correct it, take stories along."""
