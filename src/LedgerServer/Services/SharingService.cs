using SharingProto = KpGrpc.Protos.Sharing.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Consent and erasure: in the contract, served by a later release; every method answers UNIMPLEMENTED and names itself.</summary>
internal sealed class SharingService : SharingProto.SharingService.SharingServiceBase;
