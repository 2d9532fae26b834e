using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Licences;

namespace KpGrpc.LedgerServer.Tests.Execution.Licences;

public sealed class GrantLicenceHandlerTests
{
    [Fact]
    public void Execute_ByAnOwner_GrantsFromNowForThePeriod()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleRights.SharedWork("work"));

        var receipt = ledger.Accept("prod2", SampleRights.Grant(holder: SampleRights.Organization("tech")));

        var granted = Assert.IsType<LicenceGranted>(Assert.Single(receipt.Effects)).Licence;
        Assert.Equal(granted, ledger.State.Licences.Find("licence"));
        Assert.Equal(("", "prod2", receipt.Sequence), (granted.PurchaseId, granted.GrantedByOrganizationId, granted.HeldSinceSequence));
        Assert.Equal(ledger.Now + (30 * OrderTime.MicrosPerDay), granted.ValidUntilMicros);
    }

    [Fact]
    public void Execute_LicenceThatCoversAnOffer_MakesItsPurchaseNeedless()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod", SampleRights.Grant("narrow") with
        {
            Terms = SampleRights.Terms with { Territories = ["AQ"] },
        });
        ledger.Accept("prod", SampleRights.Grant("other-use") with
        {
            Terms = SampleRights.Terms with { Use = LicenceUse.Classroom },
        });
        ledger.Accept("plat", SampleCommands.Purchase());
        ledger.Accept("prod", SampleCommands.Offer("seats") with { Offer = SeatsOffer(2) });
        ledger.Accept("plat", SampleCommands.Purchase("more-seats") with { OfferId = "seats" });

        ledger.Refuse(RejectionReason.AlreadyLicensed, "plat", SampleCommands.Purchase("again") with { OfferId = "seats" });
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("plat", SampleCommands.Purchase());

        ledger.Refuse(RejectionReason.RoleMissing, "aud", SampleRights.Grant());
        ledger.Refuse(RejectionReason.Malformed, "prod", SampleRights.Grant("no id"));
        ledger.Refuse(RejectionReason.Malformed, "prod", SampleRights.Grant(holder: new LicenceHolder("anna", null)));
        ledger.Refuse(RejectionReason.Malformed, "prod", SampleRights.Grant(holder: new LicenceHolder(null, null)));
        ledger.Refuse(RejectionReason.AlreadyExists, "prod", SampleRights.Grant("purchase"));
        ledger.Refuse(RejectionReason.UnknownWork, "prod", SampleRights.Grant(work: "none"));
        ledger.Refuse(RejectionReason.NotAuthorized, "prod2", SampleRights.Grant());
        ledger.Refuse(RejectionReason.UnknownOrganization, "prod", SampleRights.Grant(holder: SampleRights.Organization("ghost")));
        ledger.Now = OrderTime.MaxMicros - OrderTime.MicrosPerDay;
        ledger.Refuse(RejectionReason.TimeInvalid, ledger.Command("prod", SampleRights.Grant()) with { NotAfterMicros = ledger.Now });
    }

    [Fact]
    public void Execute_BeyondTheLimitOfOneHolder_IsRefusedUntilOneEnds()
    {
        var ledger = SampleCommands.ReadyToSell();
        for (var i = 0; i < EngineLimits.LicencesPerHolderAndWorkMax; i++)
        {
            ledger.Accept("prod", SampleRights.Grant($"licence-{i}"));
        }

        ledger.Refuse(RejectionReason.LimitReached, "prod", SampleRights.Grant("more"));
        ledger.Accept("prod", new RevokeLicence("licence-3", "a mistake"));
        ledger.Accept("prod", SampleRights.Grant("more"));
    }

    private static LedgerServer.Execution.Offers.OfferDetails SeatsOffer(uint seats) => SampleCommands.Offer("seats").Offer with
    {
        Terms = new LicenceTerms { Use = LicenceUse.Personal, Seats = seats },
    };
}
