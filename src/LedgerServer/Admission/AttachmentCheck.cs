using System.Security.Cryptography;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Subjects;
using KpGrpc.LedgerServer.Storage.Subjects;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>Whether what was attached to a command is what the command commits to.</summary>
internal static class AttachmentCheck
{
    /// <summary>Most bytes of attached data: the contract's limit.</summary>
    public const int ContentBytesMax = 1_048_576;

    /// <summary>Records every fault.</summary>
    /// <param name="body">The command.</param>
    /// <param name="attachment">Salt and content; null for none.</param>
    /// <param name="faults">Receives the faults.</param>
    public static void Check(CommandBody body, (byte[] Salt, byte[] Content)? attachment, FieldViolations faults)
    {
        if (body is not CommitSubjectData commit)
        {
            faults.Require(attachment is null, "attachment", "belongs to CommitSubjectData alone");
            return;
        }

        if (attachment is not { } attached)
        {
            faults.Add("attachment", "is required with CommitSubjectData: the data that it binds; it cannot travel in a batch");
            return;
        }

        faults.Require(attached.Salt.Length == SubjectVault.SaltBytes, "attachment.salt", $"must be exactly {SubjectVault.SaltBytes} bytes");
        faults.Require(attached.Content.Length is >= 1 and <= ContentBytesMax, "attachment.content", $"must be 1 to {ContentBytesMax} bytes");
        faults.Require(
            SHA256.HashData([.. attached.Salt, .. attached.Content]).AsSpan().SequenceEqual(commit.Commitment.Span),
            "attachment", "must open the commitment: SHA-256 of salt followed by content");
    }
}
