namespace KpGrpc.LedgerServer.Log.Cosignatures;

/// <summary>What became of a cosigned checkpoint.</summary>
internal enum CosignatureVerdict
{
    /// <summary>Every cosignature of a known witness verified and is durable.</summary>
    Stored,

    /// <summary>The log's own signature is missing or does not verify, or the origin is another's.</summary>
    NotThisLogs,

    /// <summary>The log never signed a checkpoint of this size and root.</summary>
    NeverSigned,

    /// <summary>No line is by a known witness.</summary>
    UnknownWitness,

    /// <summary>A line that claims to be by a known witness does not verify.</summary>
    BadSignature,
}
