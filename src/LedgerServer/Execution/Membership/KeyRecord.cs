namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>A key with its history.</summary>
internal sealed record KeyRecord
{
    /// <summary>Organisation that it belongs to.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The key.</summary>
    public required KeyDefinition Key { get; init; }

    /// <summary>Whether it may sign.</summary>
    public required KeyStatus Status { get; init; }

    /// <summary>Sequence from which it signs; 0 for one of the genesis.</summary>
    public required ulong ValidFromSequence { get; init; }

    /// <summary>Sequence from which it does not sign any more; null while active.</summary>
    public ulong? RevokedAtSequence { get; init; }

    /// <summary>Key that replaced it by rotation; empty where none did.</summary>
    public string ReplacedByKeyId { get; init; } = "";
}
