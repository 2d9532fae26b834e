using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Services.Rules;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services;

/// <summary>Keeps works and finds them; see the contract.</summary>
internal sealed class CatalogGrpcService(WorkStore store, TimeProvider time) : CatalogService.CatalogServiceBase
{
    private const int WorksMax = 1000;
    private const int QueryMax = 1000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public override Task<UpsertWorksResponse> UpsertWorks(UpsertWorksRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        faults.Require(request.Works.Count is >= 1 and <= WorksMax, "works", "must be 1 to 1000");
        faults.Require(request.Works.Select(work => work.WorkId).Distinct().Count() == request.Works.Count, "works", "every work_id once");
        for (var at = 0; at < request.Works.Count; at++)
        {
            WorkRules.Check(faults, $"works[{at}]", request.Works[at]);
        }

        faults.ThrowIfAny();
        var answer = store.Upsert(request.IdempotencyKey.Memory, Digest(request), [.. request.Works.Select(WorkTranslation.ToDomain)])
            ?? throw KeyTaken(request.IdempotencyKey);
        return Task.FromResult(new UpsertWorksResponse { Created = answer.Created, Updated = answer.Updated, Unchanged = answer.Unchanged });
    }

    /// <inheritdoc />
    public override Task<DeleteWorksResponse> DeleteWorks(DeleteWorksRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        faults.Require(request.WorkIds.Count is >= 1 and <= WorksMax, "work_ids", "must be 1 to 1000");
        faults.Require(request.WorkIds.All(WorkRules.IsWorkId), "work_ids", "every id must be 1 to 128 characters of A-Z a-z 0-9 _ . : -");
        faults.Require(request.WorkIds.Distinct().Count() == request.WorkIds.Count, "work_ids", "every id once");
        faults.ThrowIfAny();
        var answer = store.Delete(request.IdempotencyKey.Memory, Digest(request), request.WorkIds) ?? throw KeyTaken(request.IdempotencyKey);
        return Task.FromResult(new DeleteWorksResponse { Deleted = answer.Deleted, MissingWorkIds = { answer.Missing } });
    }

    /// <inheritdoc />
    public override Task<GetWorkResponse> GetWork(GetWorkRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.Require(WorkRules.IsWorkId(request.WorkId), "work_id", "must be 1 to 128 characters of A-Z a-z 0-9 _ . : -");
        faults.RequireMask<Protos.Catalog.V1.Work>("read_mask", request.ReadMask);
        faults.ThrowIfAny();
        var work = store.Works.GetValueOrDefault(request.WorkId)
            ?? throw RichErrors.NotFound("work", request.WorkId, $"no work {request.WorkId} is in the catalogue");
        return Task.FromResult(new GetWorkResponse { Work = request.ReadMask.Reduce(WorkTranslation.ToProto(work)) });
    }

    /// <inheritdoc />
    public override Task<SearchWorksResponse> SearchWorks(SearchWorksRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.Require(request.Query.Length <= QueryMax, "query", "at most 1000 characters");
        faults.RequireMask<Protos.Catalog.V1.Work>("read_mask", request.ReadMask);
        var size = faults.PageSize("page_size", (int)Math.Min(request.PageSize, int.MaxValue));
        var filter = FilterTranslation.ToDomain(faults, request.Filter);
        var after = SearchPageToken.Parse(faults, request);
        faults.ThrowIfAny();
        if (request.Mode is SearchMode.Semantic or SearchMode.Hybrid)
        {
            throw RichErrors.Unavailable("no text encoder is loaded; search with SEARCH_MODE_LEXICAL", RetryAfter);
        }

        var hits = WorkSearch.Find(store.Works.Values, request.Query, filter, time.GetUtcNow().ToUnixTimeMilliseconds())
            .Where(hit => after?.IsBefore(hit) ?? true).Take(size + 1).ToList();
        var page = hits.Take(size).ToList();
        var answer = new SearchWorksResponse
        {
            ModeUsed = request.Query.Length > 0 ? SearchMode.Lexical : SearchMode.Unspecified,
            NextPageToken = hits.Count > size ? SearchPageToken.Of(request, page[^1]).Text : "",
        };
        answer.Hits.AddRange(page.Select(hit => new WorkHit { Work = request.ReadMask.Reduce(WorkTranslation.ToProto(hit.Work)), Score = hit.Score }));
        return Task.FromResult(answer);
    }

    private static byte[] Digest(IMessage request) => SHA256.HashData(request.ToByteArray());

    private static RpcException KeyTaken(ByteString key) => RichErrors.AlreadyExists(
        "idempotency_key", Convert.ToHexStringLower(key.Span), "the idempotency key was used for another request; make a new one");
}
