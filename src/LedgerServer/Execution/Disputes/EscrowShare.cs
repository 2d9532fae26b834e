namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>What an organisation has earned while its revenue was frozen, in one currency.</summary>
/// <param name="OrganizationId">Who earned it.</param>
/// <param name="Amount">How much is frozen.</param>
internal sealed record EscrowShare(string OrganizationId, Money Amount);
