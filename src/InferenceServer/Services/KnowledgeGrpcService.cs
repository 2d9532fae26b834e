using KpGrpc.Protos.Knowledge.V1;

namespace KpGrpc.InferenceServer.Services;

/// <summary>In the contract and in reflection, not served yet: every method answers UNIMPLEMENTED and names itself.</summary>
internal sealed class KnowledgeGrpcService : KnowledgeService.KnowledgeServiceBase;
