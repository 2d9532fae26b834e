using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Gateway.Services;
using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.Gateway.Tests.Services;

public sealed class RequestsTests
{
    [Fact]
    public void Check_PurchaseWithEveryFault_ListsAllOfThemAtOnce()
    {
        var request = new PurchaseRequest
        {
            IdempotencyKey = ByteString.CopyFrom(new byte[15]),
            LearnerId = "with space",
            ExpectedPrice = new Money { MinorUnits = -1, CurrencyCode = "yuan", Exponent = 9 },
            RequestId = new string('x', 65),
        };
        var refused = Assert.Throws<RpcException>(() => Requests.Check(request));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(
            ["idempotency_key", "learner_id", "work_id", "expected_price.minor_units", "expected_price.currency_code", "expected_price.exponent", "request_id"],
            refused.Fields());
    }

    [Fact]
    public void Check_GoodRequests_Pass()
    {
        Requests.Check(GatewayFixture.Buy("alice", "w-1", 0));
        Requests.Check(new GetHomeRequest { LearnerId = "alice", Count = 100, LanguageTag = "zh-Hans-CN" });
        Requests.Check(new GetReceiptRequest { LearnerId = "alice", Sequence = 0 });
    }

    [Fact]
    public void Check_BadReads_NameTheField()
    {
        Assert.Equal(["count", "language_tag"], Assert.Throws<RpcException>(() => Requests.Check(new GetHomeRequest { LearnerId = "a", Count = 101, LanguageTag = "z h" })).Fields());
        Assert.Equal(["selector"], Assert.Throws<RpcException>(() => Requests.Check(new GetReceiptRequest { LearnerId = "a" })).Fields());
        Assert.Equal(["read_mask"], Assert.Throws<RpcException>(() => Requests.Check(new GetProfileRequest { LearnerId = "a", ReadMask = new() { Paths = { "nope" } } })).Fields());
        Assert.Equal(["amount"], Assert.Throws<RpcException>(() => Requests.Check(new TopUpRequest { IdempotencyKey = GatewayFixture.NewKey(), LearnerId = "a" })).Fields());
    }
}
