using Google.Protobuf;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Wire.Payments;
using KpGrpc.LedgerServer.Wire.Transfers;
using KpGrpc.ServiceDefaults.Validation;

using Case = KpGrpc.Protos.Ledger.V1.CommandPayload.BodyOneofCase;
using LedgerProto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>
/// Decodes a CommandPayload. Pure, so that a replay decodes what admission decoded. It checks what the engine's types
/// cannot hold (enums, required parts, the envelope); rules of the ledger are the engine's.
/// </summary>
internal static class PayloadDecoder
{
    private const uint SchemaVersion = 1;

    /// <summary>Decodes; every fault is recorded.</summary>
    /// <param name="payload">The signed bytes as they came.</param>
    /// <param name="faults">Where faults are recorded.</param>
    /// <returns>The payload; null where there is any fault.</returns>
    public static DecodedPayload? Decode(byte[] payload, FieldViolations faults)
    {
        LedgerProto.CommandPayload proto;
        var batch = TransferPayload.Read(payload, out var envelope);
        try
        {
            proto = LedgerProto.CommandPayload.Parser.ParseFrom(envelope);
        }
        catch (InvalidProtocolBufferException)
        {
            faults.Add("payload", "must be an encoded kp.ledger.v1.CommandPayload");
            return null;
        }

        faults.RequireId("payload.network_id", proto.NetworkId);
        faults.RequireId("payload.ledger_id", proto.LedgerId);
        faults.RequireId("payload.organization_id", proto.OrganizationId);
        faults.RequireIdempotencyKey("payload.idempotency_key", proto.IdempotencyKey);
        faults.Require(proto.SchemaVersion == SchemaVersion, "payload.schema_version", $"must be {SchemaVersion}");
        var notBefore = WireValues.Micros(faults, "payload.not_before", proto.NotBefore);
        var notAfter = WireValues.Micros(faults, "payload.not_after", proto.NotAfter);
        faults.Require(proto.NotAfter is not null, "payload.not_after", "is required: the latest time at which the command may be ordered");
        var kind = batch is null ? proto.BodyCase : Case.TransferBatch;
        faults.Require(kind != Case.None, "payload.body", "is required: exactly one command");
        var body = batch ?? Body(proto, payload, faults);
        return faults.Any
            ? null
            : new DecodedPayload(
                proto.NetworkId, proto.LedgerId, proto.OrganizationId, IdempotencyKey.FromBytes(proto.IdempotencyKey.Span), notBefore, notAfter!.Value, Name(kind), body);
    }

    private static CommandBody? Body(LedgerProto.CommandPayload proto, byte[] payload, FieldViolations faults) => proto.BodyCase switch
    {
        Case.EnrolOrganization => MembershipWire.Decode(faults, proto.EnrolOrganization),
        Case.AddKey => MembershipWire.Decode(faults, proto.AddKey, proto.NetworkId, proto.LedgerId, proto.OrganizationId),
        Case.RotateKey => MembershipWire.Decode(faults, proto.RotateKey, proto.NetworkId, proto.LedgerId, proto.OrganizationId),
        Case.DeclareCurrency => MembershipWire.Decode(proto.DeclareCurrency),
        Case.RevokeKey => GovernanceWire.Decode(proto.RevokeKey),
        Case.SuspendOrganization => GovernanceWire.Decode(proto.SuspendOrganization),
        Case.ReinstateOrganization => GovernanceWire.Decode(proto.ReinstateOrganization),
        Case.ChangeRoles => GovernanceWire.Decode(faults, proto.ChangeRoles),
        Case.ChangePolicy => GovernanceWire.Decode(proto.ChangePolicy),
        Case.ActivateEngine => GovernanceWire.Decode(proto.ActivateEngine),
        Case.ApproveChange => GovernanceWire.Decode(faults, proto.ApproveChange),
        Case.RegisterWork => CopyrightWire.Decode(faults, proto.RegisterWork, RawBody(proto, payload, faults)),
        Case.TransferOwnership => RightsWire.Decode(faults, proto.TransferOwnership, RawBody(proto, payload, faults)),
        Case.PublishOffer => CopyrightWire.Decode(faults, proto.PublishOffer),
        Case.WithdrawOffer => CopyrightWire.Decode(proto.WithdrawOffer),
        Case.GrantLicence => RightsWire.Decode(faults, proto.GrantLicence),
        Case.TransferLicence => RightsWire.Decode(faults, proto.TransferLicence, RawBody(proto, payload, faults)),
        Case.RevokeLicence => RightsWire.Decode(proto.RevokeLicence),
        Case.OpenDispute => DisputeWire.Decode(proto.OpenDispute),
        Case.ResolveDispute => DisputeWire.Decode(proto.ResolveDispute),
        Case.ProposeAgreement => AgreementWire.Decode(faults, proto.ProposeAgreement, RawBody(proto, payload, faults)),
        Case.AcceptAgreement => AgreementWire.Decode(proto.AcceptAgreement),
        Case.RefuseAgreement => AgreementWire.Decode(proto.RefuseAgreement),
        Case.TerminateAgreement => AgreementWire.Decode(faults, proto.TerminateAgreement),
        Case.OpenAccount => PaymentWire.Decode(faults, proto.OpenAccount),
        Case.Deposit => PaymentWire.Decode(faults, proto.Deposit),
        Case.Transfer => PaymentWire.Decode(faults, proto.Transfer),
        Case.TransferBatch => TransferBatchWire.Decode(faults, proto.TransferBatch),
        Case.Purchase => PaymentWire.Decode(faults, proto.Purchase),
        Case.Payout => PaymentWire.Decode(faults, proto.Payout),
        Case.PostMultiple => PaymentWire.Decode(faults, proto.PostMultiple),
        Case.PlaceHold => HoldWire.Decode(faults, proto.PlaceHold),
        Case.CaptureHold => HoldWire.Decode(proto.CaptureHold),
        Case.ReleaseHold => HoldWire.Decode(proto.ReleaseHold),
        Case.Refund => RefundWire.Decode(proto.Refund),
        Case.Chargeback => RefundWire.Decode(proto.Chargeback),
        Case.OpenPool => PoolWire.Decode(faults, proto.OpenPool),
        Case.Subscribe => PoolWire.Decode(faults, proto.Subscribe),
        Case.RecordUsage => PoolWire.Decode(proto.RecordUsage),
        Case.SettlePool => PoolWire.Decode(faults, proto.SettlePool),
        Case.OpenSettlementPeriod => PeriodWire.Decode(faults, proto.OpenSettlementPeriod),
        Case.CloseSettlementPeriod => PeriodWire.Decode(proto.CloseSettlementPeriod),
        Case.GrantConsent => SharingWire.Decode(faults, proto.GrantConsent),
        Case.RevokeConsent => SharingWire.Decode(proto.RevokeConsent),
        Case.RecordAccess => SharingWire.Decode(faults, proto.RecordAccess),
        Case.CommitSubjectData => SharingWire.Decode(proto.CommitSubjectData),
        Case.EraseSubject => SharingWire.Decode(proto.EraseSubject),
        Case.RecordRevenue => AgreementWire.Decode(faults, proto.RecordRevenue),
        _ => null,
    };

    private static byte[] RawBody(LedgerProto.CommandPayload proto, byte[] payload, FieldViolations faults)
    {
        var raw = RawField.Find(payload, (int)proto.BodyCase);
        faults.Require(raw is not null, "payload.body", "must stand in the payload once");
        return raw ?? [];
    }

    private static string Name(Case body) =>
        LedgerProto.CommandPayload.Descriptor.FindFieldByNumber((int)body).Name;
}
