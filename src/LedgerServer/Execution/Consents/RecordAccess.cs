namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>Records that data was used, by the grantee.</summary>
internal sealed record RecordAccess : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.RecordAccess;

    /// <summary>Id of the access, unique on the ledger.</summary>
    public required string AccessId { get; init; }

    /// <summary>The consent that allows it.</summary>
    public required string ConsentId { get; init; }

    /// <summary>What for.</summary>
    public required Purpose Purpose { get; init; }

    /// <summary>Which data, 1 to 64 ids.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }
}
