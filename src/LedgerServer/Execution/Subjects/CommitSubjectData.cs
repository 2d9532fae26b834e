namespace KpGrpc.LedgerServer.Execution.Subjects;

/// <summary>Binds erasable personal data to the log.</summary>
internal sealed record CommitSubjectData : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.CommitSubjectData;

    /// <summary>The learner.</summary>
    public required string SubjectPseudonym { get; init; }

    /// <summary>Id of the data, unique for the subject.</summary>
    public required string DataId { get; init; }

    /// <summary>SHA-256 of salt (32 bytes) and content; another length is malformed.</summary>
    public required ReadOnlyMemory<byte> Commitment { get; init; }
}
