using System.Text;

using Grpc.Core;

using KpGrpc.Client.Receipts;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Membership.V1;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class CopyrightServiceTests
{
    private static readonly LicenceHolder Learner = new() { LearnerPseudonym = Market.Learner };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CheckEntitlement_BeforeAndAfterASale_AnswersWithProof()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var copyright = new CopyrightService.CopyrightServiceClient(fixture.Server.Channel);
        var question = new CheckEntitlementRequest { WorkId = "work-0", Holder = Learner, IncludeProof = true };

        var before = await copyright.CheckEntitlementAsync(question, cancellationToken: Stop);
        await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("p", "work-0"));
        var after = await copyright.CheckEntitlementAsync(question, cancellationToken: Stop);
        var commercial = await copyright.CheckEntitlementAsync(new(question) { Use = LicenceUse.Redistribution }, cancellationToken: Stop);

        Assert.False(before.Entitled);
        Assert.Null(before.Licence);
        Assert.True(after.Entitled);
        Assert.Equal("p", after.Licence.LicenceId);
        Assert.False(commercial.Entitled);
        Assert.IsType<OfflineReceipt.Verified>(OfflineReceipt.Verify(
            after.GrantProof.Leaf.Span, Encoding.UTF8.GetBytes(after.GrantProof.TlogProof), fixture.LogVerifierKey));
        Assert.Equal(after.Licence, Assert.Single((await copyright.ListLicencesAsync(new() { Holder = Learner }, cancellationToken: Stop)).Licences));
        var error = await Assert.ThrowsAsync<RpcException>(async () => await copyright.CheckEntitlementAsync(new(question) { WorkId = "no" }, cancellationToken: Stop));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task ListWorksAndOffers_InPages_KeepTheOrderWithoutGap()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture, works: 5);
        await fixture.AcceptAsync("producer", payload => payload.WithdrawOffer = new() { OfferId = "offer-work-1" });
        var copyright = new CopyrightService.CopyrightServiceClient(fixture.Server.Channel);

        var works = new List<string>();
        for (var request = new ListWorksRequest { PageSize = 2 }; ;)
        {
            var page = await copyright.ListWorksAsync(request, cancellationToken: Stop);
            works.AddRange(page.Works.Select(work => work.Details.WorkId));
            if (page.NextPageToken.Length == 0)
            {
                break;
            }

            request.PageToken = page.NextPageToken;
        }

        var offers = await copyright.ListOffersAsync(new(), cancellationToken: Stop);
        var work = await copyright.GetWorkAsync(new() { WorkId = "work-1" }, cancellationToken: Stop);
        Assert.Equal(["work-0", "work-1", "work-2", "work-3", "work-4"], works);
        Assert.Equal(["work-0", "work-2", "work-3", "work-4"], offers.Offers.Select(offer => offer.Details.WorkId));
        Assert.Empty(work.OpenOffers);
        Assert.Equal(Market.Work("work-1").Work.Metadata, work.Work.Details.Metadata);
    }

    [Fact]
    public async Task GetActiveAgreement_OfAWork_IsTheOneThatSplits()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var agreements = new AgreementService.AgreementServiceClient(fixture.Server.Channel);

        var active = await agreements.GetActiveAgreementAsync(new() { WorkId = "work-0" }, cancellationToken: Stop);

        Assert.Equal(Market.Terms(), active.Agreement.Terms);
        Assert.Equal(Market.Terms().Splits[0], active.Split);
        Assert.Equal(4, active.Agreement.Acceptances.Count);
        Assert.Equal(active.Agreement, (await agreements.GetAgreementAsync(new() { AgreementId = "agreement" }, cancellationToken: Stop)).Agreement);
        Assert.Equal(active.Agreement, Assert.Single((await agreements.ListAgreementsAsync(new(), cancellationToken: Stop)).Agreements));
    }

    [Fact]
    public async Task ListOrganizations_OfTheGenesis_OrderedById()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var members = new MembershipService.MembershipServiceClient(fixture.Server.Channel);

        var all = await members.ListOrganizationsAsync(new(), cancellationToken: Stop);
        var producers = await members.ListOrganizationsAsync(new() { Role = Role.Producer }, cancellationToken: Stop);

        Assert.Equal(["operator", "payment-provider", "platform", "producer", "technology"], all.Organizations.Select(organization => organization.OrganizationId));
        Assert.Equal("producer", Assert.Single(producers.Organizations).OrganizationId);
        Assert.Equal([Role.Producer], (await members.GetOrganizationAsync(new() { OrganizationId = "producer" }, cancellationToken: Stop)).Organization.Roles);
    }
}
