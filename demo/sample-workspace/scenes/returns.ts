import { readScenes } from '../scene.ts';

/** What broke, and what went back. */
export const returnsScenes = readScenes(String.raw`
@ shipping.html
> {Hi, sad news:|Hello.|Oh no.} My $product arrived {broken|in three pieces|with a crack from rim to foot}. {I can send photos.|Order $order.}
< Oh, I'm sorry, $name! A photograph to hello@kilnmere.example is all we need, and another one leaves {today|tomorrow morning}.
> {Sent.|Just sent two photos.}
# Clean break, the box had a dent. One $product out of the spare shelf, no charge.
< Got it. It {is packed already|leaves with today's van}. Keep the shards, they make good drainage under a plant.
> {That was quick. Thank you!|Wow, no questions asked. Thanks.|Very kind. The plant says thanks too.}

@ shipping.html
> {How do I return something?|I would like to return the $product from order $order.} {It is lovely but too big for our shelf.|It is simply not our colour.}
< No problem at all, $name. You have thirty days. {Just send it to Old Ferry Yard with the order number inside.|Put the order number into the box, any box will do.}
?> Do I pay the postage?
?< Yes, unless the fault was ours. We refund within three days of its return.
> {OK, will do.|Clear, thank you.}

@ shipping.html
> Has my return arrived? $order, sent {a week ago|last Monday}.
< It came {this morning|yesterday}, all in good order. The refund of €$amount is on its way, banks take {two or three days|until Thursday}.
> {Great, thanks for the update.|Thank you!}

@ product
> I ordered {two|three} and got {one|two}. Order $order, the $product.
< That is our mistake, sorry! {We packed on a Friday afternoon.|Somebody was counting with clay on their glasses.} The missing one leaves tomorrow, of course without postage.
?# Count on the packing slip was wrong too, not only the box
> {No worries, it happens.|All good, thanks for fixing it.}

@ product
> {The|My} $product has a small {pinhole|speck|bump} in the glaze. {Is that a fault?|Should I worry?}
< $hello, a pinhole is a bubble that popped in the last hour of firing. It is harmless, but if it bothers you we exchange it.
> {No, I quite like it now that I know.|Good to know. It stays.|I would rather have another one, if that is fine.}
< {Glad to hear.|Whatever you prefer.} {Enjoy it!|Tell me if you change your mind, there is no hurry.}

@ shipping.html
> Got the wrong colour. {I ordered $glaze and this is not it.|Supposed to be $glaze.}
< $hello, that one is ours. Could you send a photograph? Glazes do run differently, I want to see whether it is mixed up or just {moody|a dark one}.
> {Sent by mail.|Here you go, sent to the address on the site.}
# Mixed up indeed, with the box packed right after it. Swap both.
< Mixed up, clearly. The right one leaves tomorrow and the carrier takes the other one back at your door.
> {Perfect.|Thanks, easy!|Great, I am home all day.}

@ shipping.html
> {After six weeks of use|After the third wash} the {handle|rim} of my $product has a {hairline crack|chip}. {Is there anything you can do?|Bad luck?}
< That should not happen, and we stand by our pots. {Dishwasher or by hand?|Did it get a knock, as far as you know?}
> {Dishwasher, always.|Not that I know of.}
< Then it is on us. I put a new one aside from the next firing, {about two weeks|in ten days or so}. Is that soon enough?
> {More than fair!|Of course. Thank you so much.}
?# Next firing: one $product for $name, replacement, no invoice

@ shipping.html
> I want my money back for $order.
< $hello, of course. May I ask what is wrong? It helps us, you do not have to say.
> {Nothing really, found something else.|It is smaller than I thought.|Changed my mind.}
< Thank you. Send it back within thirty days and €$amount is with you three days later.
?> fine

@ shipping.html
> Is the refund for $order coming? {It has been two weeks.|My bank shows nothing.}
< Let me look. {One second.|Hold on.}
# Refund failed at the bank on the 3rd: account closed. Needs a new account number.
< It went out but {your bank sent it back|came back to us}: the account seems to be closed. Could you write the new one to hello@kilnmere.example? Please not here.
> {Ah! I changed banks. Sending it now.|Right, that explains it. Mail is on its way.}
< {Received, sent again.|Thank you. Done, it should show tomorrow.}
`);
