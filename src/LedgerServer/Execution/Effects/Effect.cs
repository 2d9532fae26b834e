namespace KpGrpc.LedgerServer.Execution.Effects;

/// <summary>One change that an accepted command made; the sealed records mirror <c>kp.ledger.v1.Effect</c>.</summary>
internal abstract record Effect;
