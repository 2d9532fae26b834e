namespace KpGrpc.Gateway.Auditing;

/// <summary>What a decoded call says of itself for the log. A feature of the request.</summary>
internal sealed class AuditNote
{
    /// <summary>Idempotency key, lower-case hex.</summary>
    public string? Key { get; set; }

    /// <summary>Ledger of the receipt.</summary>
    public string? Ledger { get; set; }

    /// <summary>Sequence number of the receipt.</summary>
    public ulong? Sequence { get; set; }
}
