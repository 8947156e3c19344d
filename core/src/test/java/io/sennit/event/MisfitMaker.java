package io.sennit.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Makes exactly one fault in the system members of an event.
final class MisfitMaker {
  private final SplittableRandom random;
  private final EventMaker maker;

  MisfitMaker(SplittableRandom random) {
    this.random = random;
    this.maker = new EventMaker(random);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /// A member of the system's out of its form; with the reason why not.
  record Misfit(Json.Obj object, Reason reason) {}

  /// The event with one system member out of its form.
  Misfit of(Json.Obj event) {
    var members = new TreeMap<>(event.members());
    boolean root = members.containsKey("sennit");
    var parents = members.get("parents") instanceof Json.Arr(var items) ? items : List.<Json>of();
    var reason = Reason.MALFORMED_MEMBER;
    switch (random.nextInt(10)) {
      case 0 -> members.remove(any(List.of("machine", "parents", "time")));
      case 1 -> members.put("machine", any(misshapen(43, 32)));
      case 2 -> members.put("sig", any(misshapen(86, 64)));
      case 3 -> members.put("time", any(List.of(new Json.Num(1), new Json.Word("null"))));
      case 4 ->
          members.put(
              "tips",
              any(
                  List.of(
                      new Json.Num(parents.size()),
                      new Json.Num(-1),
                      new Json.Num(1e21),
                      new Json.Num(5000.5),
                      new Json.Text("5000"))));
      case 5 -> {
        var id = maker.id().toString();
        members.put(
            "parents",
            any(
                List.of(
                    new Json.Text(id),
                    new Json.Arr(List.of(new Json.Text(id.substring(1)))),
                    new Json.Arr(List.of(new Json.Text("G" + id.substring(1)))),
                    new Json.Arr(List.of(new Json.Num(1))))));
      }
      case 6 -> members.put("uuid", new Json.Text(maker.id().toString()));
      case 7 -> {
        var more = new ArrayList<>(parents);
        more.add(new Json.Text(maker.id().toString()));
        more.add(new Json.Text(maker.id().toString()));
        more.sort(Collections.reverseOrder((a, b) -> a.toString().compareTo(b.toString())));
        members.put("parents", new Json.Arr(more));
        members.remove("tips");
        members.remove("sennit");
        reason = Reason.PARENTS_NOT_SORTED;
      }
      case 8 -> {
        members.remove("sennit");
        members.put("parents", new Json.Arr(List.of()));
        reason = Reason.NOT_THE_ROOT;
      }
      default -> {
        members.put("sennit", new Json.Word("true"));
        reason = root ? Reason.NOT_THE_ROOT : Reason.RESERVED_NAME;
      }
    }
    return new Misfit(new Json.Obj(members), reason);
  }

  private List<Json> misshapen(int length, int sizeBytes) {
    var good = maker.base64(sizeBytes);
    return List.of(
        new Json.Num(1),
        new Json.Text(good.substring(1)),
        new Json.Text(good + "A"),
        new Json.Text(good.substring(0, length - 2) + "+A"),
        new Json.Text(good.substring(0, length - 1) + "B"),
        new Json.Text(good.substring(0, length - 2) + "é"));
  }
}
