using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Ownership;
using KpGrpc.ServiceDefaults.Validation;

using CopyrightProto = KpGrpc.Protos.Copyright.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Commands that pass or end rights, from the contract. Terms are hashed as they stand in the payload.</summary>
internal static class RightsWire
{
    /// <param name="faults">Where faults are recorded.</param>
    /// <param name="body">The parsed body.</param>
    /// <param name="rawBody">The body's bytes as they stand in the payload.</param>
    public static TransferOwnership Decode(FieldViolations faults, CopyrightProto.TransferOwnership body, byte[] rawBody)
    {
        var raw = RawField.Find(rawBody, CopyrightProto.TransferOwnership.TransferFieldNumber);
        faults.Require(body.Transfer is not null && raw is not null, "transfer_ownership.transfer", "is required, once");
        var transfer = body.Transfer ?? new CopyrightProto.OwnershipTransfer();
        return new TransferOwnership(
            new OwnershipTransfer(transfer.WorkId, transfer.FromOrganizationId, transfer.ToOrganizationId, transfer.Ppm),
            WireValues.Sha256(raw ?? []),
            CoSignature(body.ReceiverSignature));
    }

    public static GrantLicence Decode(FieldViolations faults, CopyrightProto.GrantLicence body) => new(
        body.LicenceId,
        body.WorkId,
        CopyrightWire.Holder(faults, "grant_licence.holder", body.Holder) ?? new LicenceHolder(null, null),
        CopyrightWire.Terms(faults, "grant_licence.terms", body.Terms));

    /// <param name="faults">Where faults are recorded.</param>
    /// <param name="body">The parsed body.</param>
    /// <param name="rawBody">The body's bytes as they stand in the payload.</param>
    public static TransferLicence Decode(FieldViolations faults, CopyrightProto.TransferLicence body, byte[] rawBody)
    {
        const string field = "transfer_licence.transfer";
        var raw = RawField.Find(rawBody, CopyrightProto.TransferLicence.TransferFieldNumber);
        faults.Require(body.Transfer is not null && raw is not null, field, "is required, once");
        var to = CopyrightWire.Holder(faults, $"{field}.to", body.Transfer?.To) ?? new LicenceHolder(null, null);
        return new TransferLicence(
            new LicenceTransfer(body.Transfer?.LicenceId ?? "", to),
            WireValues.Sha256(raw ?? []),
            CoSignature(body.HolderSignature));
    }

    public static RevokeLicence Decode(CopyrightProto.RevokeLicence body) => new(body.LicenceId, body.Reason);

    /// <summary>A co-signature; null where none came.</summary>
    public static CoSignature? CoSignature(CopyrightProto.CoSignature? proto) =>
        proto is null
            ? null
            : new CoSignature(
                proto.OrganizationId, proto.KeyId, proto.Signature.ToByteArray(), WireValues.Hash(proto.TermsHash));
}
