namespace KpGrpc.LedgerServer.Execution.Accounts.Journal;

/// <summary>One posting of an account with its place in the order and what it came from.</summary>
internal sealed record AccountPosting
{
    /// <summary>Sequence of the receipt.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>Position of the effect in the receipt, from 0.</summary>
    public required uint EffectIndex { get; init; }

    /// <summary>Position within the effect, from 0; above 0 in batches of transfers alone.</summary>
    public uint Part { get; init; }

    /// <summary>Where it stands in the order of all postings.</summary>
    public PostingPlace Place => new(Sequence, EffectIndex, Part);

    /// <summary>When, by the order, microseconds since the Unix epoch.</summary>
    public required long OrderedAtMicros { get; init; }

    /// <summary>The posting.</summary>
    public required Effects.Payment.Posting Posting { get; init; }

    /// <summary>Purchase that it came from; empty where none.</summary>
    public string ReferenceId { get; init; } = "";

    /// <summary>Work that it came from; empty where none.</summary>
    public string WorkId { get; init; } = "";

    /// <summary>Agreement that split it; empty where none.</summary>
    public string AgreementId { get; init; } = "";

    /// <summary>Version of the agreement; 0 where none.</summary>
    public uint AgreementVersion { get; init; }
}
