using System.Security.Cryptography;

using Google.Protobuf;

using KpGrpc.LedgerServer.Storage.Subjects;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Sharing.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission.Steps;

/// <summary>A subject's data, a consent's life, and the erasure of another subject.</summary>
internal static class SharingSteps
{
    private static readonly string Subject = new('c', 64);
    private static readonly string Other = new('d', 64);
    private static readonly byte[] Salt = [.. Enumerable.Repeat((byte)3, SubjectVault.SaltBytes)];
    private static readonly byte[] Content = "a name"u8.ToArray();

    public static IEnumerable<CommandStep> Of() =>
    [
        new("platform", payload => payload.GrantConsent = Consent("consent", Subject)),
        new("technology", payload => payload.RecordAccess = new RecordAccess
        {
            AccessId = "access",
            ConsentId = "consent",
            Purpose = Purpose.Recommendation,
            Scopes = { "profile.tags" },
        }),
        new("platform", payload => payload.RevokeConsent = new RevokeConsent { ConsentId = "consent" }),
        new(
            "platform",
            payload => payload.CommitSubjectData = new CommitSubjectData
            {
                SubjectPseudonym = Subject,
                DataId = "name",
                Commitment = ByteString.CopyFrom(SHA256.HashData([.. Salt, .. Content])),
            },
            Attachment: new Attachment { Salt = ByteString.CopyFrom(Salt), Content = ByteString.CopyFrom(Content) }),
        new("platform", payload => payload.GrantConsent = Consent("another", Other)),
        new("platform", payload => payload.EraseSubject = new EraseSubject { SubjectPseudonym = Other }),
    ];

    private static GrantConsent Consent(string id, string subject) => new()
    {
        ConsentId = id,
        SubjectPseudonym = subject,
        GranteeOrganizationId = "technology",
        Purposes = { Purpose.Recommendation },
        Scopes = { "profile.tags" },
    };
}
