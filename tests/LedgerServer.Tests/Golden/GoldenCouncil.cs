using Google.Protobuf;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Tests.Simulation;
using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Membership.V1;

namespace KpGrpc.LedgerServer.Tests.Golden;

/// <summary>The script's last part: members, keys, the policy, and the end of the agreement.</summary>
internal static class GoldenCouncil
{
    /// <param name="newest">Hash of the command before, which names a change.</param>
    public static IEnumerable<(string By, Action<CommandPayload> SetBody)> Commands(Func<ByteString> newest) =>
        [.. Members(), .. Keys(), .. Agreements(), .. Policy(newest)];

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Members()
    {
        yield return ("operator", payload => payload.EnrolOrganization = new EnrolOrganization
        {
            OrganizationId = "newcomer",
            DisplayName = "Newcomer",
            Roles = { Role.Producer },
            Keys = { PublicKey("newcomer", 1) },
        });
        yield return ("operator", payload => payload.ChangeRoles = new ChangeRoles { OrganizationId = "newcomer", Roles = { Role.Platform, Role.Producer } });
        yield return ("operator", payload => payload.SuspendOrganization = new SuspendOrganization { OrganizationId = "newcomer", Reason = "unpaid" });
        yield return ("operator", payload => payload.ReinstateOrganization = new ReinstateOrganization { OrganizationId = "newcomer" });
        yield return ("operator", payload => payload.DeclareCurrency = new DeclareCurrency { CurrencyCode = "USD", Exponent = 2 });
        yield return ("operator", payload => payload.ActivateEngine = new ActivateEngine { EngineVersion = 2, FromSequence = 1_000_000 });
    }

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Keys()
    {
        yield return ("producer", payload => payload.AddKey = new AddKey { Key = PublicKey("producer", 2), ProofOfPossession = Possession("producer", 2) });
        yield return ("producer", payload => payload.RotateKey = new RotateKey
        {
            OldKeyId = "producer-2",
            NewKey = PublicKey("producer", 3),
            ProofOfPossession = Possession("producer", 3),
        });
        yield return ("producer", payload => payload.RevokeKey = new RevokeKey { OrganizationId = "producer", KeyId = "producer-3", Reason = "lost" });
    }

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Agreements()
    {
        yield return ("producer", payload => payload.ProposeAgreement = new ProposeAgreement { Terms = GoldenTrade.Terms(version: 2) });
        yield return ("platform", payload => payload.RefuseAgreement = new RefuseAgreement { AgreementId = "agreement", Version = 2, Reason = "too little" });
        yield return ("operator", payload => payload.TerminateAgreement = new TerminateAgreement
        {
            AgreementId = "agreement",
            Version = 1,
            EffectiveAt = GoldenScript.At(hours: 13),
            Reason = "end",
        });
    }

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Policy(Func<ByteString> newest)
    {
        yield return ("operator", payload => payload.ChangePolicy = new ChangePolicy { ApprovalsNeeded = 2, ApproverOrganizationIds = { "operator", "regulator" } });
        yield return ("operator", payload => payload.DeclareCurrency = new DeclareCurrency { CurrencyCode = "JPY", Exponent = 0 });
        yield return ("regulator", payload => payload.ApproveChange = new ApproveChange { ChangeHash = newest() });
        yield return ("operator", payload => payload.DeclareCurrency = new DeclareCurrency { CurrencyCode = "CHF", Exponent = 2 });
    }

    private static Key PublicKey(string organizationId, int number)
    {
        using var key = FixedNetwork.KeyOf(organizationId, number);
        return new Key { KeyId = key.KeyId, Algorithm = KeyAlgorithm.Ed25519, PublicKey = ByteString.CopyFrom(key.ExportPublicKey()) };
    }

    private static ByteString Possession(string organizationId, int number)
    {
        using var first = FixedNetwork.KeyOf(organizationId);
        using var added = FixedNetwork.KeyOf(organizationId, number);
        return ByteString.CopyFrom(new CommandSigner(first, FixedNetwork.NetworkId, FixedNetwork.LedgerId).ProvePossession(added));
    }
}
