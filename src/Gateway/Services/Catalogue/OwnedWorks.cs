using Grpc.Core;

using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Services.Purchases;
using KpGrpc.Protos.Copyright.V1;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services.Catalogue;

/// <summary>Which works a learner holds a licence for, as the ledger says.</summary>
internal sealed class OwnedWorks(CopyrightService.CopyrightServiceClient copyright, Pseudonyms pseudonyms, IOptions<LedgerOptions> options)
{
    // One page: who owns more sees the rest unmarked in lists; GetLibrary has them all.
    private const int LicencesMax = 1_000;

    /// <summary>Asks the ledger.</summary>
    /// <param name="learnerId">The learner.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The ids of the works; null where the ledger did not answer.</returns>
    public async Task<HashSet<string>?> FindAsync(string learnerId, CancellationToken cancellationToken)
    {
        var ledgerId = options.Value.LedgerId;
        var request = new ListLicencesRequest
        {
            LedgerId = ledgerId,
            Holder = new LicenceHolder { LearnerPseudonym = pseudonyms.OnLedger(ledgerId, learnerId) },
            PageSize = LicencesMax,
        };
        try
        {
            var answer = await copyright.ListLicencesAsync(request, cancellationToken: cancellationToken);
            return answer.Licences.Select(licence => licence.WorkId).ToHashSet(StringComparer.Ordinal);
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
