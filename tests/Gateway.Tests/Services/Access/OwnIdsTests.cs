using System.Collections;
using System.Net;

using Google.Protobuf;
using Google.Protobuf.Reflection;

using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Partner.V1;

namespace KpGrpc.Gateway.Tests.Services.Access;

public sealed class OwnIdsTests
{
    private const int DepthMax = 4;
    private const string Other = "mallory";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryMethodThatNamesALearner_AnothersId_IsRefused()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var learner = fixture.As("alice", "learner");
        var tried = 0;
        foreach (var method in RawCalls.Methods)
        {
            var request = method.InputType.Parser.ParseFrom(ByteString.Empty);
            if (!Name(request, ["learner_id", "learner_ids", "subject_pseudonym"], Other, DepthMax))
            {
                continue;
            }

            tried++;
            var status = await learner.StatusAsync(method, request, Cancel);
            Assert.True(status.Code == StatusCode.PermissionDenied, $"{method.FullName}: {status}");
        }

        // 13 of the learner's door, 4 of profiles, 3 of recommendations, events, knowledge, sharing.
        Assert.InRange(tried, 22, 100);
    }

    [Fact]
    public async Task PartnersDoor_AnotherOrganization_IsRefusedOnEveryMethod()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var partner = fixture.As("pia", "partner:own", "partner:second");
        foreach (var method in PartnerService.Descriptor.Methods)
        {
            var request = method.InputType.Parser.ParseFrom(ByteString.Empty);
            Assert.True(Name(request, ["organization_id"], Other, 0), method.Name);
            Assert.Equal((StatusCode.PermissionDenied, "NOT_OWN_ORGANIZATION"), Short(await partner.StatusAsync(method, request, Cancel)));
            // Two organisations, and none is named.
            Assert.Equal((StatusCode.PermissionDenied, "NOT_OWN_ORGANIZATION"), Short(await partner.StatusAsync(method, null, Cancel)));
            Name(request, ["organization_id"], "second", 0);
            Assert.NotEqual(StatusCode.PermissionDenied, (await partner.StatusAsync(method, request, Cancel)).Code);
        }
    }

    [Fact]
    public async Task Json_AnothersIdInThePath_IsRefused()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        http.DefaultRequestHeaders.Add("authorization", $"Bearer {fixture.Token("alice", "learner")}");
        foreach (var what in (string[])["home", "profile", "search", "library", "receipts/1", "receipts", "consents", "wallet"])
        {
            using var answer = await http.GetAsync(new Uri($"/v1/learners/{Other}/{what}", UriKind.Relative), Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{what}: {answer.StatusCode}");
        }

        foreach (var what in (string[])["/purchases", "/wallet:topUp", "/consents", ":ask"])
        {
            using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri($"/v1/learners/{Other}{what}", UriKind.Relative), body, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{what}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task LearnersDoor_EmptyId_IsHerself()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var client = new LearnerService.LearnerServiceClient(fixture.As("alice", "learner"));
        await client.TopUpAsync(new TopUpRequest { IdempotencyKey = GatewayFixture.NewKey(), Amount = FakeLedger.Yuan(700) }, cancellationToken: Cancel);
        var own = await client.GetWalletAsync(new GetWalletRequest { LearnerId = "alice" }, cancellationToken: Cancel);
        Assert.Equal(700, own.Balances.Single().Available.MinorUnits);
        var service = new LearnerService.LearnerServiceClient(fixture.As("bff", "service"));
        var asService = await service.GetWalletAsync(new GetWalletRequest { LearnerId = "alice" }, cancellationToken: Cancel);
        Assert.Equal(own, asService);
        var unnamed = await Assert.ThrowsAsync<RpcException>(() => service.GetWalletAsync(new GetWalletRequest(), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, unnamed.StatusCode);
    }

    [Theory]
    [InlineData("", EventKind.View, StatusCode.OK)]
    [InlineData("alice", EventKind.Click, StatusCode.OK)]
    [InlineData("alice", EventKind.Purchase, StatusCode.PermissionDenied)]
    [InlineData("alice", EventKind.Refund, StatusCode.PermissionDenied)]
    [InlineData(Other, EventKind.View, StatusCode.PermissionDenied)]
    public async Task Events_OfALearner_AreHerOwnAndNoPurchases(string learnerId, EventKind kind, StatusCode expected)
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var request = new RecordEventsRequest { Events = { new Event { LearnerId = "alice", Kind = EventKind.View }, new Event { LearnerId = learnerId, Kind = kind } } };
        var method = EventService.Descriptor.FindMethodByName("RecordEvents");
        Assert.Equal(expected, (await fixture.As("alice", "learner").StatusAsync(method, request, Cancel)).Code);
        Assert.Equal(StatusCode.OK, (await fixture.As("bff", "service").StatusAsync(method, request, Cancel)).Code);
    }

    [Fact]
    public async Task LearnerWhoIsOperatorToo_AnothersId_IsRefusedAtTheLearnersDoor()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var client = new LearnerService.LearnerServiceClient(fixture.As("alice", "learner", "operator", "auditor"));
        var denied = await Assert.ThrowsAsync<RpcException>(() => client.GetHomeAsync(new GetHomeRequest { LearnerId = Other }, cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.PermissionDenied, denied.StatusCode);
    }

    private static (StatusCode, string) Short((StatusCode Code, string Reason, string Text) status) => (status.Code, status.Reason);

    // Sets every such field, in inner messages too; says whether there was one.
    private static bool Name(IMessage message, string[] fields, string id, int depth)
    {
        var found = false;
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsMap))
        {
            if (field.FieldType == FieldType.String && fields.Contains(field.Name))
            {
                found = true;
                if (field.IsRepeated)
                {
                    ((IList)field.Accessor.GetValue(message)).Add(id);
                }
                else
                {
                    field.Accessor.SetValue(message, id);
                }
            }
            else if (field.FieldType == FieldType.Message && depth > 0)
            {
                var inner = field.MessageType.Parser.ParseFrom(ByteString.Empty);
                if (!Name(inner, fields, id, depth - 1))
                {
                    continue;
                }

                found = true;
                if (field.IsRepeated)
                {
                    ((IList)field.Accessor.GetValue(message)).Add(inner);
                }
                else
                {
                    field.Accessor.SetValue(message, inner);
                }
            }
        }

        return found;
    }
}
