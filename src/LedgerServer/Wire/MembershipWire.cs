using Google.Protobuf;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Membership.Keys;
using KpGrpc.ServiceDefaults.Validation;

using MembershipProto = KpGrpc.Protos.Membership.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Members, keys and currencies between the contract and the engine.</summary>
internal static class MembershipWire
{
    public static EnrolOrganization Decode(FieldViolations faults, MembershipProto.EnrolOrganization body) => new(new OrganizationDefinition
    {
        OrganizationId = body.OrganizationId,
        DisplayName = body.DisplayName,
        Roles = Roles(faults, "enrol_organization.roles", body.Roles),
        Keys = [.. body.Keys.Select((key, i) => Key(faults, $"enrol_organization.keys[{i}]", key))],
    });

    /// <summary>The proof of possession is a pure function of the command's bytes, so it is worked out here.</summary>
    public static AddKey Decode(FieldViolations faults, MembershipProto.AddKey body, string networkId, string ledgerId, string organizationId)
    {
        faults.Require(body.Key is not null, "add_key.key", "is required");
        var key = Key(faults, "add_key.key", body.Key ?? new MembershipProto.Key());
        return new AddKey(key, IsProven(key, body.ProofOfPossession, networkId, ledgerId, organizationId));
    }

    /// <inheritdoc cref="Decode(FieldViolations, MembershipProto.AddKey, string, string, string)"/>
    public static RotateKey Decode(FieldViolations faults, MembershipProto.RotateKey body, string networkId, string ledgerId, string organizationId)
    {
        faults.Require(body.NewKey is not null, "rotate_key.new_key", "is required");
        var key = Key(faults, "rotate_key.new_key", body.NewKey ?? new MembershipProto.Key());
        return new RotateKey(body.OldKeyId, key, IsProven(key, body.ProofOfPossession, networkId, ledgerId, organizationId));
    }

    public static DeclareCurrency Decode(MembershipProto.DeclareCurrency body) => new(new CurrencyDefinition(body.CurrencyCode, body.Exponent));

    public static MembershipProto.Organization ToProto(Organization organization)
    {
        var proto = new MembershipProto.Organization
        {
            OrganizationId = organization.OrganizationId,
            DisplayName = organization.DisplayName,
            Status = (MembershipProto.OrganizationStatus)organization.Status,
            EnrolledAtSequence = organization.EnrolledAtSequence,
        };
        if (organization.SuspendedAtSequence is { } suspended)
        {
            proto.SuspendedAtSequence = suspended;
        }

        proto.Roles.AddRange(organization.Roles.ToList().Select(role => (MembershipProto.Role)role));
        return proto;
    }

    public static MembershipProto.Key ToProto(KeyDefinition key)
    {
        var proto = new MembershipProto.Key
        {
            KeyId = key.KeyId,
            Algorithm = (MembershipProto.KeyAlgorithm)key.Algorithm,
            PublicKey = ByteString.CopyFrom(key.PublicKey.Span),
        };
        proto.Roles.AddRange(key.Roles.Select(role => (MembershipProto.Role)role));
        return proto;
    }

    public static MembershipProto.KeyRecord ToProto(KeyRecord record)
    {
        var proto = new MembershipProto.KeyRecord
        {
            OrganizationId = record.OrganizationId,
            Key = ToProto(record.Key),
            Status = (MembershipProto.KeyStatus)record.Status,
            ValidFromSequence = record.ValidFromSequence,
            ReplacedByKeyId = record.ReplacedByKeyId,
        };
        if (record.RevokedAtSequence is { } revoked)
        {
            proto.RevokedAtSequence = revoked;
        }

        return proto;
    }

    private static bool IsProven(KeyDefinition key, ByteString proof, string networkId, string ledgerId, string organizationId) =>
        KeySignatures.Instance.Verify(
            key, SigningMessages.KeyPossession(networkId, ledgerId, organizationId, key.KeyId, key.PublicKey.Span), proof.Span);

    private static KeyDefinition Key(FieldViolations faults, string field, MembershipProto.Key key) => new()
    {
        KeyId = key.KeyId,
        Algorithm = WireValues.Defined<KeyAlgorithm>(faults, $"{field}.algorithm", (int)key.Algorithm),
        PublicKey = key.PublicKey.ToByteArray(),
        Roles = Roles(faults, $"{field}.roles", key.Roles),
    };

    internal static Role[] Roles(FieldViolations faults, string field, IEnumerable<MembershipProto.Role> roles) =>
        [.. roles.Select((role, i) => WireValues.Defined<Role>(faults, $"{field}[{i}]", (int)role))];
}
