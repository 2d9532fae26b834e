namespace KpGrpc.LedgerServer.Execution.Agreements.Limits;

/// <summary>One party's share of an amount with its bounds, in minor units.</summary>
/// <param name="Weight">Its share; with 0 it gets its floor and no more.</param>
/// <param name="Floor">Least that it gets; 0 for none.</param>
/// <param name="Cap">Most that it gets, at least the floor; null for no cap.</param>
internal readonly record struct BoundedShare(uint Weight, UInt128 Floor, UInt128? Cap);
