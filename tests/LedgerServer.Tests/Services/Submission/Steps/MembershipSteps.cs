using KpGrpc.Protos.Membership.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission.Steps;

/// <summary>
/// Three further members, and a revoked key of everybody who has a sample. One organisation a role, so that for every
/// kind there is somebody who lacks its role.
/// </summary>
internal static class MembershipSteps
{
    public const string Auditor = "auditor";
    public const string Regulator = "regulator";
    public const string Visitor = "visitor";

    public static IEnumerable<CommandStep> Of(EveryKindLedger ledger)
    {
        foreach (var (id, role) in new[] { (Auditor, Role.Auditor), (Regulator, Role.Regulator), (Visitor, Role.Producer) })
        {
            yield return new("operator", payload => payload.EnrolOrganization = Enrol(ledger, id, role));
        }

        foreach (var id in new[] { "producer", "platform", "technology", "operator", "payment-provider", Regulator, Visitor })
        {
            var key = ledger.RevokedKeys[id] = ledger.MakeKey(id, $"{id}-old");
            yield return new(id, payload => payload.AddKey = new AddKey
            {
                Key = EveryKindLedger.PublicKey(key),
                ProofOfPossession = ledger.ProvePossession(key),
            });
            yield return new(id, payload => payload.RevokeKey = new RevokeKey { KeyId = key.KeyId, Reason = "lost" });
        }

        // Signed by the key that goes, as one does who has no other: its receipt must stay reachable all the same.
        var next = ledger.MakeKey(Visitor, $"{Visitor}-2");
        yield return new(Visitor, payload => payload.RotateKey = new RotateKey
        {
            OldKeyId = $"{Visitor}-1",
            NewKey = EveryKindLedger.PublicKey(next),
            ProofOfPossession = ledger.ProvePossession(next),
        });
        ledger.SignWith(next);
    }

    private static EnrolOrganization Enrol(EveryKindLedger ledger, string id, Role role)
    {
        var key = ledger.MakeKey(id, $"{id}-1");
        ledger.SignWith(key);
        return new EnrolOrganization { OrganizationId = id, DisplayName = $"The {id}", Roles = { role }, Keys = { EveryKindLedger.PublicKey(key) } };
    }
}
