package io.sennit.documents;

import static io.sennit.documents.Promise.by;

import java.util.List;

/// Every promise that Sennit makes to a user.
final class Promises {
  static final List<Promise> ALL =
      List.of(
          Promise.of(
              "Acknowledged is durable",
              """
              When `append` prints a uuid, or the API answers `201`, the event is synced to the disk of this machine: a
              crash of the process, `kill -9` or the loss of power does not take it back. When the disk refuses, the answer
              says that nobody knows, and never that it worked.
              """,
              by("CreationTest.nothingIsAcknowledgedBeforeItIsDurable"),
              by("RecoveryTest.killedAtAnyMomentItHoldsWholeBatchesAndAllThatWereWritten"),
              by("WriteErrorTest.aWriteThatFailedIsNeverTriedAgain"),
              by("CreationTest.aStoreThatFailsLeavesWhatWasInFlightUnknownAndDeclinesTheRest"),
              by("StoreFailureTest.whatIsOnItsWayIsAnsweredUnknownAndTheRestDeclined"),
              by("DiskErrorTest.aFailedWriteOrSyncStopsTheWriterAndNothingFalseIsAcknowledged"),
              by("FaultsTest.everyFaultLeavesThePromiseWhole"),
              by("FederationTest.whatWasAcknowledgedSurvivesEveryCrash"),
              by("SimulationTest.everyInvariantHoldsInTwoThousandWorlds", "SEEDS", "worlds")),
          Promise.of(
              "After a crash the store is whole",
              """
              Whatever moment the power fails at, the store opens by itself and holds a beginning of what was written, batches
              whole or not at all. Nothing has to be repaired by hand.
              """,
              by("RecoveryTest.cutAtAnyByteOfTheLastWriteTheLogEndsBeforeIt"),
              by("RecoveryTest.cutInTheLastWriteItGoesOn"),
              by("RecoveryTest.aWriteOfSeveralRecordsStaysWholeOrGoesWhole"),
              by("RecoveryTest.aByteFlippedInTheLastRecordEndsTheLogThere"),
              by("RecoveryTest.reopenedAfterEveryBatchItHoldsWhatWasAppended"),
              by("FaultsTest.everyFaultLeavesThePromiseWhole"),
              by("RecoveryTest.theIndexIsRebuiltWhenItIsGoneOrIllegible")),
          Promise.of(
              "All machines end with the identical graph",
              """
              When machines have exchanged everything they hold the same events, the same parents, the same tips, and so the same
              digest; after any cuts, crashes, losses and repetitions, and whoever is linked to whom, as long as the links connect them.
              """,
              by("SimulationTest.everyInvariantHoldsInTwoThousandWorlds", "SEEDS", "worlds"),
              by("ModelTest.everyInvariantHoldsAndEveryStoryIsPossible"),
              by("FederationTest.afterHealingEverybodyHoldsTheSame"),
              by("FederationTest.aChainOfSitesEndsLikeAFullMesh"),
              by("FederationTest.aFencedFederationConverges"),
              by("RandomCutsTest.threeMachinesCutAndHealedAtRandomEndIdentical", "CUTS", "cuts"),
              by("BrokenLinesTest.cutAtAnyByteInAnyDirectionTheyEndEqual"),
              by("DemoTest.theDemoEndsEqual")),
          Promise.of(
              "The order of arrival does not matter",
              """
              The graph depends only on the set of events that were received: not on their order, not on repetitions, not on
              how they were batched.
              """,
              by("ReceptionTest.everyArrivalOrderGivesTheSameTips"),
              by("HistoryTest.aGeneratedHistoryGivesTheSameDigestInEveryOrder"),
              by("HistoryTest.aRealHistoryGivesTheSameDigestInEveryOrder"),
              by("ReconciliationTest.afterOneExchangeBothHoldTheSame"),
              by("HistoryImportTest.generatedCommitsImportedOnThreeMachinesEndIdentical")),
          Promise.of(
              "Nothing wrong is served",
              """
              An event that was damaged on the disk is never handed out: reading it fails and names it, `verify` names it, and it comes back from
              any peer by its uuid, to its old place. What is around it is read as before.
              """,
              by("RecoveryTest.aByteFlippedInAnOlderRecordIsDamageThatIsNamed"),
              by("RecoveryTest.damageIsConfinedToItsRecordWithoutTheIndexToo"),
              by("RecoveryTest.aDamagedIndexIsRebuiltOrSaysSo"),
              by("AuditTest.everyEventOfADamagedRecordIsNamedAndNothingElse"),
              by("AuditTest.aWrongSealIsNamed"),
              by("DamageTest.everyKindOfFileDamagedIsNamedAndMended"),
              by("DamageTest.aDamagedLogWithoutItsIndexIsMadeWhole"),
              by("HealingTest.aStreamThatReachesADamagedEventEndsAndSaysSo"),
              by("HealingTest.anEventThatIsNotTheOneWantedHealsNothing"),
              by("HealsTest.cutAtEveryWriteOfHealingItCanBeHealedAgain"),
              by("AuditTest.anIndexThatSaysSomethingElseIsNamed")),
          Promise.of(
              "Nobody alters an event, or writes in another's name",
              """
              The uuid is a hash that fixes the event and its whole past, and every seal is checked against the key of its machine, on
              bulk copies too. All machines judge alike, also at the edges where libraries disagree.
              """,
              by("ReaderFuzzTest.aChangedUuidIsFound"),
              by("ReceptionTest.aRunWithAWrongSealIsRejectedAndItsSenderHungUpOn"),
              by("Ed25519SealsTest.everyPinnedEdgeCaseGetsTheOneVerdict"),
              by("ImportTest.aForgedEventIsRefused")),
          Promise.of(
              "A request with a key is carried out once",
              """
              Under an `Idempotency-Key` a request may be repeated until it is answered: the answer is the same events, and nothing is stored
              twice, also when the daemon crashed in between.
              """,
              by("CreationTest.aRequestThatIsRepeatedIsAnsweredWithTheSameEvents"),
              by("CreationTest.aRequestThatIsRepeatedOnTheWayIsAnsweredWhenTheFirstIs"),
              by("CreationTest.aKeyIsGoodForOneRequest"),
              by("SennitTest.aRequestWithAKeyIsCarriedOutOnceAlsoAfterARestart"),
              by("ApiTest.aRequestIsCarriedOutOnceUnderItsKey")),
          Promise.of(
              "Writing waits for nobody",
              """
              An append needs the local disk and nothing else: no peer, no leader, no majority, no network. A peer that is slow
              or hangs slows nobody.
              """,
              by("FederationTest.creationNeverWaitsForAPeer"),
              by("StrangerTest.aPeerThatStopsReadingSlowsNobody")),
          Promise.of(
              "A machine may join at any time",
              """
              It gets everything, may write from the first moment, and when it is killed half-way goes on where it was.
              """,
              by("FederationTest.aLateJoinerGetsEverythingOnce"),
              by("FaultsTest.everyFaultLeavesThePromiseWhole")),
          Promise.of(
              "Clocks do not matter",
              """
              `time` is a label. Nothing is ordered, accepted or refused by any clock; machines whose clocks are a century apart hold
              the same graph.
              """,
              by("CommandsTest.clocksThatAreYearsApartChangeNothing"),
              by("DraftTest.timeIsFilledInOnlyWhenItIsMissing")),
          Promise.of(
              "A ticket opens one federation only",
              """
              A machine of another root is refused, and told why; a ticket that was cut or changed is refused; parts of two
              federations do not mix in one directory.
              """,
              by("SennitTest.aMachineOfAnotherFederationIsRefusedInWords"),
              by("CommandsTest.aTicketLetsAnotherMachineIn"),
              by("TicketTest.anyOtherCharacterAtAnyPlaceIsRefused"),
              by("HomeTest.partsThatDoNotBelongTogetherAreRefused"),
              by("HomeTest.theLogOfAnotherFederationIsRefused")),
          Promise.of(
              "Bad input changes nothing",
              """
              What cannot be an event is refused with what to change, nothing of the request is stored, and the machine goes on. What
              is legal comes back exactly.
              """,
              by("LegalValuesTest.everyLegalObjectComesBackExactly"),
              by("BadEventsTest.whatIsNoEventIsRefused"),
              by("BadRequestsTest.aBodyThatNeverEndsIsCutAtItsLimit"),
              by("ContractTest.everythingThatIsDocumentedWasSeen"),
              by("BadEventsTest.oneBadLineRefusesAllAndIsNamed"),
              by("DraftFuzzTest.shakenTextIsRefusedOrBecomesAnEvent"),
              by("DraftFuzzTest.anObjectInAnySpellingBecomesItsCanonicalEvent"),
              by("NumbersTest.everyDoubleHasTheFormOfEcmaScriptAndComesBack"),
              by("ReaderFuzzTest.shakenBytesAreJudgedAlike")),
          Promise.of(
              "A reader misses nothing and sees nothing twice",
              """
              Whoever reads by position gets each event once, parents before children, across restarts and broken connections; a
              cursor that does not fit the store is refused instead of answered wrongly.
              """,
              by("StreamTest.noReaderLosesOrRepeatsAnEventAcrossCuts"),
              by("StreamTest.aReaderTooSlowIsClosedWithItsPositionAndSlowsNobody"),
              by("FollowTest.everyEventIsShownOnceAcrossRestartsOfTheDaemon"),
              by("SennitTest.aReaderSeesParentsFirstAndMissesNothing"),
              by("ApiTest.aCursorThatDoesNotMatchIsGone")),
          Promise.of(
              "A peer can do no harm",
              """
              Garbage, false promises of size, other versions, floods of events without parents: the link ends or the flood is bounded, and everything else goes on.
              """,
              by("StrangerTest.garbageEndsTheLinkAndNothingElse"),
              by("StrangerTest.aFrameThatPromisesTooMuchEndsTheLink"),
              by("StrangerTest.anotherVersionIsRefusedWithTheReason"),
              by("ReceptionTest.oneSendersOrphansAreBoundedAndCanBeSentAgain"),
              by("EventReaderTest.hostileTextsCostNoMoreThanTheirLength")),
          Promise.of(
              "A full disk loses nothing",
              """
              The machine turns read-only and says so to writers and peers, still serves what it has, and goes on when there is room.
              """,
              by("FullDiskTest.itIsReadOnlyUntilThereIsRoomAndLosesNothing"),
              by("FullDiskTest.appendsAreDeclinedWithTheReasonAndTakenAgainWhenThereIsRoom"),
              by("FullDiskTest.aPeerStillGetsEverythingThatItLacks"),
              by("FullDiskTest.whatWaitsToBeTakenIsDroppedAndFetchedAgain"),
              by("FullDiskTest.afterAFailedWriteOnlyWhatIsDurableIsSpokenOf")),
          Promise.of(
              "One directory, one machine",
              """
              Two processes never write to one directory: the second is refused in words, or its command is answered by the daemon that holds it.
              """,
              by("HomeTest.onlyOneMayUseIt"),
              by("HomeTest.anotherProcessIsKeptOut"),
              by("ProcessesTest.aSecondDaemonForOneDirectoryIsRefusedInWords"),
              by("ProcessesTest.commandsThatMeetInADirectoryWaitForEachOther")),
          Promise.of(
              "The HTTP API is for this computer only",
              """
              It listens on loopback, and answers neither under another name nor to pages of other origins.
              """,
              by("ApiTest.onlyLoopbackIsServed"),
              by("ApiTest.anotherHostIsRefused"),
              by("ApiTest.aPageOfAnotherOriginIsRefused")),
          Promise.of(
              "The code does what the flow chart says",
              """
              The chart is drawn from the tables that the code runs on; a move without an arrow is an exception, and every state is reached.
              """,
              by("FlowchartTest.thePageSaysWhatTheTablesSay"),
              by("ChartTest.aMoveThatTheChartDoesNotSayIsABrokenInvariant"),
              by("ChartTest.everyStateOfEveryChartIsReached")),
          Promise.of(
              "The tests would notice",
              """
              The tests that search for a violation are tried on faulty cores and faulty models, and each has to be caught; the same seed gives the same run.
              """,
              by("MutationTest.aFaultyCoreIsCaught"),
              by("MutationTest.theSameCoreInTheLoaderIsNotCaught"),
              by("SimulationTest.theSameSeedGivesTheSameTrace")),
          Promise.of(
              "The documents are true",
              """
              Every command on every page is run by a test, and what a page shows is compared with what comes. The blocks that no
              test can run say so on their pages.
              """,
              by("DocumentsTest.whatAPageShowsIsWhatComes"),
              by("DocumentsTest.onlyTheseBlocksAreNotRun"),
              by("ReferenceTest.thePageSaysWhatTheCommandsSay"),
              by("ReadmeTest.theExampleCompilesAndRuns")));

  private Promises() {}
}
