namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>Limits of an account, minor units of its currency; all count held amounts.</summary>
/// <param name="OverdraftMinorUnits">How far it may go beyond zero on its abnormal side, 0 to 2^63-1.</param>
/// <param name="BalanceMaxMinorUnits">Highest balance, 0 to 2^63-1; 0 means no limit.</param>
internal readonly record struct AccountLimits(long OverdraftMinorUnits, long BalanceMaxMinorUnits);
