using Grpc.Core;

using KpGrpc.Protos.Copyright.V1;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>Offers and licences of <see cref="FakeLedger"/>.</summary>
public sealed class FakeCopyrightService(FakeLedger ledger) : CopyrightService.CopyrightServiceBase
{
    public override Task<ListOffersResponse> ListOffers(ListOffersRequest request, ServerCallContext context)
    {
        ledger.ThrowIfAway();
        var answer = new ListOffersResponse();
        if (ledger.Prices.TryGetValue(request.WorkId, out var price))
        {
            answer.Offers.Add(new Offer
            {
                Details = new OfferDetails
                {
                    WorkId = request.WorkId,
                    OfferId = "offer-" + request.WorkId,
                    Price = FakeLedger.Yuan(price),
                    Terms = new LicenceTerms { Use = LicenceUse.Personal },
                },
            });
        }

        return Task.FromResult(answer);
    }

    public override Task<GetWorkResponse> GetWork(GetWorkRequest request, ServerCallContext context) =>
        request.WorkId == "withdrawn"
            ? Task.FromResult(new GetWorkResponse())
            : throw new RpcException(new Status(StatusCode.NotFound, "no such work"));

    public override Task<ListLicencesResponse> ListLicences(ListLicencesRequest request, ServerCallContext context)
    {
        ledger.ThrowIfAway();
        var answer = new ListLicencesResponse();
        answer.Licences.Add(ledger.Entries
            .SelectMany(entry => entry.Receipt.Effects)
            .Select(effect => effect.LicenceGranted?.Licence)
            .OfType<Licence>()
            .Where(licence => licence.Holder.LearnerPseudonym == request.Holder.LearnerPseudonym));
        return Task.FromResult(answer);
    }
}
