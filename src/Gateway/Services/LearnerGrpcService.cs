using Grpc.Core;

using KpGrpc.Gateway.Downstream;
using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Services.Catalogue;
using KpGrpc.Gateway.Services.Home;
using KpGrpc.Gateway.Services.Library;
using KpGrpc.Gateway.Services.Profiles;
using KpGrpc.Gateway.Services.Purchases;
using KpGrpc.Gateway.Services.Receipts;
using KpGrpc.Protos.Learner.V1;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services;

/// <summary>The learner's door. What is not overridden is not served yet and says so.</summary>
internal sealed class LearnerGrpcService(
    HomeReader home,
    ProfileReader profiles,
    SearchReader search,
    PurchaseFlow purchases,
    TopUpFlow topUps,
    ReceiptReader receipts,
    Wallets wallets,
    LibraryReader library,
    Pseudonyms pseudonyms,
    IOptions<LedgerOptions> options) : LearnerService.LearnerServiceBase
{
    public override Task<GetHomeResponse> GetHome(GetHomeRequest request, ServerCallContext context)
    {
        Requests.Check(request);
        return home.ReadAsync(request, context.CancellationToken);
    }

    public override Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        Requests.Check(request);
        return Away.ExplainAsync(profiles.ReadAsync(request, context.CancellationToken), Destination.Inference);
    }

    public override Task<SearchResponse> Search(SearchRequest request, ServerCallContext context)
    {
        Requests.Check(request);
        return Away.ExplainAsync(search.SearchAsync(request, context.CancellationToken), Destination.Inference);
    }

    public override Task<PurchaseResponse> Purchase(PurchaseRequest request, ServerCallContext context)
    {
        Requests.Check(request);
        return Away.ExplainAsync(purchases.BuyAsync(request, context.Deadline, context.CancellationToken), Destination.Ledger);
    }

    public override Task<TopUpResponse> TopUp(TopUpRequest request, ServerCallContext context)
    {
        Requests.Check(request);
        return Away.ExplainAsync(topUps.PayInAsync(request, context.Deadline, context.CancellationToken), Destination.Ledger);
    }

    public override Task<GetReceiptResponse> GetReceipt(GetReceiptRequest request, ServerCallContext context)
    {
        Requests.Check(request);
        return Away.ExplainAsync(receipts.ReadAsync(request, context.CancellationToken), Destination.Ledger);
    }

    public override Task<GetWalletResponse> GetWallet(GetWalletRequest request, ServerCallContext context)
    {
        Requests.Check(request);
        var pseudonym = pseudonyms.OnLedger(options.Value.LedgerId, request.LearnerId);
        return Away.ExplainAsync(wallets.ListAsync(pseudonym, context.CancellationToken), Destination.Ledger);
    }

    public override Task<GetLibraryResponse> GetLibrary(GetLibraryRequest request, ServerCallContext context)
    {
        Requests.Check(request);
        return Away.ExplainAsync(library.ReadAsync(request, context.CancellationToken), Destination.Ledger);
    }
}
