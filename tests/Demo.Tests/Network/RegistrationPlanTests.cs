using System.Security.Cryptography;
using Google.Protobuf;
using KpGrpc.Demo.Data;
using KpGrpc.Demo.Network;
using KpGrpc.Protos.Ledger.V1;
using Xunit;
using Body = KpGrpc.Protos.Ledger.V1.CommandPayload.BodyOneofCase;

namespace KpGrpc.Demo.Tests.Network;

public sealed class RegistrationPlanTests
{
    private static readonly DemoData Sample = SampleData.Read(Path.Combine(AppContext.BaseDirectory, "Sample"));
    private static readonly List<PlannedCommand> Plan = [.. new RegistrationPlan(Sample).Commands()];

    [Fact]
    public void Commands_Sample_CoverEveryWorkAndProducer()
    {
        Assert.Equal(200, Count(Body.RegisterWork));
        Assert.Equal(Sample.Works.Count(work => work.Published), Count(Body.PublishOffer));
        Assert.Equal(20, Count(Body.ProposeAgreement));
        Assert.Equal(3 * 20, Count(Body.AcceptAgreement));
        Assert.Equal(1, Count(Body.OpenAccount));
    }

    [Fact]
    public void Commands_Agreement_SharesSumToTheWholeAndHashIsThatOfTheTerms()
    {
        var terms = Plan.First(command => command.Body.BodyCase == Body.ProposeAgreement).Body.ProposeAgreement.Terms;
        var acceptances = Plan.Where(command => command.Body.AcceptAgreement?.AgreementId == terms.AgreementId).ToArray();

        Assert.Equal(1_000_000u, terms.Splits.Single().Parties.Aggregate(0u, (sum, party) => sum + party.Ppm));
        Assert.Equal(["platform", "technology", "operator"], acceptances.Select(command => command.OrganizationId));
        Assert.All(acceptances, command => Assert.Equal(SHA256.HashData(terms.ToByteArray()), command.Body.AcceptAgreement.TermsHash.ToByteArray()));
    }

    [Fact]
    public void Commands_AllOfThem_HaveDifferentKeysThatStay()
    {
        var keys = Plan.Select(command => command.IdempotencyKey()).ToArray();

        Assert.All(keys, key => Assert.Equal(16, key.Length));
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys, new RegistrationPlan(Sample).Commands().Select(command => command.IdempotencyKey()));
    }

    [Fact]
    public void Fill_PayloadOfTheSigner_KeepsItsHeadAndTakesKeyAndBody()
    {
        var payload = new CommandPayload { NetworkId = "kp-dev", OrganizationId = "payment-provider", SchemaVersion = 1 };

        Plan[0].Fill(payload);

        Assert.Equal(("kp-dev", "payment-provider", 1u), (payload.NetworkId, payload.OrganizationId, payload.SchemaVersion));
        Assert.Equal(Plan[0].IdempotencyKey(), payload.IdempotencyKey);
        Assert.Equal(Plan[0].Body.OpenAccount, payload.OpenAccount);
    }

    [Fact]
    public void BatchesOf_Plan_KeepsOrderAndOrganisationsApart()
    {
        var batches = Registration.BatchesOf(Plan).ToArray();

        Assert.Equal(Plan, batches.SelectMany(batch => batch));
        Assert.All(batches, batch => Assert.Single(batch.Select(command => command.OrganizationId).Distinct()));
        Assert.All(batches, batch => Assert.InRange(batch.Count, 1, Registration.BatchMax));
        Assert.Equal(1 + 20 + 3, batches.Length);
    }

    private static int Count(Body body) => Plan.Count(command => command.Body.BodyCase == body);
}
