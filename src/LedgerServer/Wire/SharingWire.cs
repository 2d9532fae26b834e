using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;
using KpGrpc.LedgerServer.Execution.Subjects;
using KpGrpc.ServiceDefaults.Validation;

using LedgerProto = KpGrpc.Protos.Ledger.V1;
using SharingProto = KpGrpc.Protos.Sharing.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Consents, accesses and subjects between the contract and the engine.</summary>
internal static class SharingWire
{
    public static GrantConsent Decode(FieldViolations faults, SharingProto.GrantConsent body) => new()
    {
        ConsentId = body.ConsentId,
        SubjectPseudonym = body.SubjectPseudonym,
        GranteeOrganizationId = body.GranteeOrganizationId,
        Purposes = [.. body.Purposes.Select((purpose, i) => WireValues.Defined<Purpose>(faults, $"grant_consent.purposes[{i}]", (int)purpose))],
        Scopes = [.. body.Scopes],
        ExpiresAtMicros = WireValues.Micros(faults, "grant_consent.expires_at", body.ExpiresAt),
        EvidenceCommitment = body.EvidenceCommitment.ToByteArray(),
    };

    public static RevokeConsent Decode(SharingProto.RevokeConsent body) => new(body.ConsentId);

    public static RecordAccess Decode(FieldViolations faults, SharingProto.RecordAccess body) => new()
    {
        AccessId = body.AccessId,
        ConsentId = body.ConsentId,
        Purpose = WireValues.Defined<Purpose>(faults, "record_access.purpose", (int)body.Purpose),
        Scopes = [.. body.Scopes],
    };

    public static CommitSubjectData Decode(SharingProto.CommitSubjectData body) => new()
    {
        SubjectPseudonym = body.SubjectPseudonym,
        DataId = body.DataId,
        Commitment = body.Commitment.ToByteArray(),
    };

    public static EraseSubject Decode(SharingProto.EraseSubject body) => new(body.SubjectPseudonym, body.ReasonCode);

    /// <summary>An effect of this area; null for another's.</summary>
    public static LedgerProto.Effect? TryEncode(Effect effect) => effect switch
    {
        ConsentGranted granted => new()
        {
            ConsentGranted = new()
            {
                ConsentId = granted.ConsentId,
                SubjectPseudonym = granted.SubjectPseudonym,
                GranteeOrganizationId = granted.GranteeOrganizationId,
            },
        },
        ConsentRevoked revoked => new() { ConsentRevoked = new() { ConsentId = revoked.ConsentId } },
        AccessRecorded access => new() { AccessRecorded = new() { AccessId = access.AccessId, ConsentId = access.ConsentId } },
        SubjectDataCommitted data => new()
        {
            SubjectDataCommitted = new()
            {
                SubjectPseudonym = data.SubjectPseudonym,
                DataId = data.DataId,
                Commitment = WireValues.ToProto(data.Commitment),
            },
        },
        Erased erased => new() { Erased = new() { SubjectPseudonym = erased.SubjectPseudonym } },
        _ => null,
    };

    /// <param name="consent">The consent.</param>
    /// <param name="nowMicros">Time that its status is judged by.</param>
    public static SharingProto.Consent ToProto(Consent consent, long nowMicros)
    {
        var proto = new SharingProto.Consent
        {
            ConsentId = consent.ConsentId,
            SubjectPseudonym = consent.SubjectPseudonym,
            GranteeOrganizationId = consent.GranteeOrganizationId,
            Status = (SharingProto.ConsentStatus)consent.StatusAt(nowMicros),
            ExpiresAt = WireValues.ToTimestamp(consent.ExpiresAtMicros),
            GrantedAtSequence = consent.GrantedAtSequence,
        };
        proto.Purposes.AddRange(consent.Purposes.Select(purpose => (SharingProto.Purpose)purpose));
        proto.Scopes.AddRange(consent.Scopes);
        if (consent.EndedAtSequence is { } ended)
        {
            proto.EndedAtSequence = ended;
        }

        return proto;
    }

    public static SharingProto.Access ToProto(AccessRecord access)
    {
        var proto = new SharingProto.Access
        {
            AccessId = access.AccessId,
            ConsentId = access.ConsentId,
            OrganizationId = access.OrganizationId,
            Purpose = (SharingProto.Purpose)access.Purpose,
            Sequence = access.Sequence,
            OrderedAt = WireValues.ToTimestamp(access.OrderedAtMicros),
        };
        proto.Scopes.AddRange(access.Scopes);
        return proto;
    }
}
