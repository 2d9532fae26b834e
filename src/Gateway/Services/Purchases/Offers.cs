using Grpc.Core;

using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Type.V1;
using KpGrpc.ServiceDefaults.Errors;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>Finds the offer that a learner would buy.</summary>
internal sealed class Offers(CopyrightService.CopyrightServiceClient copyright, TimeProvider time, IOptions<LedgerOptions> options)
{
    private const int OffersMax = 1_000;

    /// <summary>Finds a work's open offer for personal use at the price that the learner saw.</summary>
    /// <param name="workId">The work.</param>
    /// <param name="expected">What she saw.</param>
    /// <param name="cancellationToken">The caller is gone.</param>
    /// <returns>Id of the offer.</returns>
    /// <exception cref="RpcException">NOT_FOUND; FAILED_PRECONDITION with NOT_ON_SALE or PRICE_CHANGED.</exception>
    public async Task<string> FindAsync(string workId, Money expected, CancellationToken cancellationToken)
    {
        var request = new ListOffersRequest { LedgerId = options.Value.LedgerId, WorkId = workId, PageSize = OffersMax };
        var answer = await copyright.ListOffersAsync(request, cancellationToken: cancellationToken);
        var now = time.GetUtcNow();
        var open = answer.Offers
            .Where(offer => offer.Details.Terms is null or { Use: LicenceUse.Personal or LicenceUse.Unspecified })
            .Where(offer => offer.Details.ValidFrom is not { } from || from.ToDateTimeOffset() <= now)
            .Where(offer => offer.Details.ValidUntil is not { } until || now < until.ToDateTimeOffset())
            .ToArray();
        if (open.Length == 0)
        {
            await ThrowUnknownAsync(workId, cancellationToken);
            throw RichErrors.FailedPrecondition(Violations.NotOnSale, $"works/{workId}", "the work has no open offer now; nothing was charged");
        }

        // The newest offer is the one whose price is shown.
        var match = open.LastOrDefault(offer => offer.Details.Price.Equals(expected));
        if (match is null)
        {
            var price = open[^1].Details.Price;
            throw RichErrors.FailedPrecondition(
                Violations.PriceChanged,
                $"works/{workId}",
                $"the price is {price.MinorUnits} minor units of {price.CurrencyCode} (exponent {price.Exponent}) now; nothing was charged; ask the learner again");
        }

        return match.Details.OfferId;
    }

    private async Task ThrowUnknownAsync(string workId, CancellationToken cancellationToken)
    {
        try
        {
            await copyright.GetWorkAsync(new GetWorkRequest { LedgerId = options.Value.LedgerId, WorkId = workId }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            throw RichErrors.NotFound("work", workId, "no such work is registered on the ledger; nothing was charged");
        }
    }
}
