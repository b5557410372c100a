"""宣传品: materials, the ledger of their movements, and balances."""
