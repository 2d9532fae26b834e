using Grpc.Core;

using KpGrpc.Protos.Catalog.V1;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>The catalogue of <see cref="FakeInference"/>.</summary>
public sealed class FakeCatalogService(FakeInference inference) : CatalogService.CatalogServiceBase
{
    public override Task<GetWorkResponse> GetWork(GetWorkRequest request, ServerCallContext context)
    {
        inference.ThrowIfAway();
        return inference.Works.TryGetValue(request.WorkId, out var work)
            ? Task.FromResult(new GetWorkResponse { Work = work })
            : throw new RpcException(new Status(StatusCode.NotFound, "no such work"));
    }

    public override Task<SearchWorksResponse> SearchWorks(SearchWorksRequest request, ServerCallContext context)
    {
        inference.ThrowIfAway();
        var answer = new SearchWorksResponse();
        answer.Hits.Add(inference.Works.Values.OrderBy(work => work.WorkId, StringComparer.Ordinal).Select(work => new WorkHit { Work = work }));
        return Task.FromResult(answer);
    }
}
