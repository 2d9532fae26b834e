namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>One party's acceptance.</summary>
/// <param name="OrganizationId">The party.</param>
/// <param name="Sequence">Sequence of the acceptance.</param>
internal sealed record Acceptance(string OrganizationId, ulong Sequence);
