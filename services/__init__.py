"""Use cases (用例): what people do with filings, kits and packages, without a window or a database in sight."""
