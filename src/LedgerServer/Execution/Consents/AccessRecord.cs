namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>A recorded use of a learner's data.</summary>
/// <param name="AccessId">Its id, unique on the ledger.</param>
/// <param name="ConsentId">The consent that allowed it.</param>
/// <param name="OrganizationId">Who accessed.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Scopes">Which data, as sent.</param>
/// <param name="Sequence">Sequence of the receipt.</param>
/// <param name="OrderedAtMicros">When, by the order.</param>
internal sealed record AccessRecord(
    string AccessId, string ConsentId, string OrganizationId, Purpose Purpose, IReadOnlyList<string> Scopes, ulong Sequence, long OrderedAtMicros);
